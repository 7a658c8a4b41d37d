"""The module under test as a service: a test sees stubs, handles and copies, whichever process the module is in."""
