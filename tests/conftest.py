"""What holds for every test: no speed is asserted, and a busy machine fails nothing."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
