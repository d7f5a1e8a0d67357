"""`python -m ui.contract` writes docs/schema from the models."""

from pathlib import Path

from ui.contract.schema import write_schemas

if __name__ == "__main__":
    write_schemas(Path(__file__).resolve().parents[2] / "docs" / "schema")
