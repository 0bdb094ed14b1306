"""Real processes over HTTP, killed with SIGKILL at random moments and started again. `make kill`."""
