"""Read what devices, apps and clinics write, and turn it into the tables of the contracts."""
