"""The portal: where therapists assign, parents understand and administrators look after it, in a browser."""
