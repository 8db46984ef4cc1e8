"""Write the schema files: `python -m builder.schemas`."""

from pathlib import Path

from builder.disk.output import write
from builder.schemas import documents

write(Path(__file__).parent, documents())
