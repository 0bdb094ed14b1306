"""Runs every bench, one after another, each in a process of its own so that none warms the next."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    benches = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    wanted = [bench for bench in benches if not sys.argv[1:] or bench.removeprefix("bench_") in sys.argv[1:]]
    failed = [bench for bench in wanted if subprocess.run([sys.executable, "-m", f"tests.bench.{bench}"]).returncode]
    if failed:
        print("Did not finish:", ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
