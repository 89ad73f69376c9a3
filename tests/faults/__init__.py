"""Each thing that can go wrong with a device: what is said of it, when it is over, and that no sample is made up."""
