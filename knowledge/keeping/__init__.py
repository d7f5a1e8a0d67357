"""What lies beside the records: the journal of erasures, and sealed backups."""
