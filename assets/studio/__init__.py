"""The studio where Heron's pictures and sounds are made; only assets/build.py works here."""
