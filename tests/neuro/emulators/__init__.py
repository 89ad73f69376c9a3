"""Facts about the emulators: the makers' own clients take them for the device."""
