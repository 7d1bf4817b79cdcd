"""The subcommands of `stridecast`, one module each; heavy imports wait until a command runs."""
