"""What jobs of the worker share."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job


class UntilItWorks(BaseRetryStrategy):
    """Try again with growing pauses, from ten seconds to an hour, until the mail is out."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        pauze = min(10 * 2**job.attempts, 3600)
        return RetryDecision(retry_at=timezone.now() + timedelta(seconds=pauze))
