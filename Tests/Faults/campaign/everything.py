"""All faults, in the order of the table."""

from campaign import calls, kills, company  # noqa: F401, I001
