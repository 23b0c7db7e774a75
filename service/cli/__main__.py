"""`python -m service.cli` is the `greenroom` command."""

from service.cli import main

main(prog_name="greenroom")
