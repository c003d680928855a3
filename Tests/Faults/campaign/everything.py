"""All faults, in the order of the table."""

from campaign import calls, disks, folders, kills, company, clocks, limits, streams, readers  # noqa: F401, I001
