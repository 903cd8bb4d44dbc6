"""The map for other systems: Open Referral's HSDS 3.0, as an API and as a package to download.

Only public fields leave: no notes of the team, nobody who did not agree to be named, no checks beyond their date,
no proposals or notices of the desk. `serialiseren` is the one place that says what a service looks like.
"""
