"""Where the published schemas and examples of HSDS 3.0 may stand: beside the checkout. Tests skip without them."""

from django.conf import settings

HSDS = settings.BASE_DIR.parent / "shared" / "hsds"
