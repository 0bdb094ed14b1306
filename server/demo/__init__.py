"""The demo: a studio with a fake day, and the processes that live it. Nothing here is used by a real studio."""
