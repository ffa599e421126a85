"""Every body of co-governance: council, task force, subcommittees, working groups; members, meetings, motions."""
