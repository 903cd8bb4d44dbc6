"""Jobs about jobs."""

from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext


@app.periodic(cron="*/2 * * * *")
@app.task(name="infopunt.rescue_stalled", queueing_lock="infopunt.rescue_stalled", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """What a worker was doing when it was killed is done again by another; without this it would wait for ever.

    Periodic jobs (the ones with a queueing lock) come again by themselves.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.queueing_lock is None:
            await manager.retry_job(job)
