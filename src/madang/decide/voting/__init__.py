"""Priority votes (우선순위 투표) of open forums: roll, ballots by every channel through one operation, result."""
