"""What holds for every test: no speed is asserted, and a busy machine fails nothing."""

from hypothesis import settings

from pipelines.runtime.entry import one_thread

one_thread()

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
