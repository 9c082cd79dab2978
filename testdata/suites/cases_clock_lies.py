"""One clock of an otherwise honest message moved."""

from clocklib import DAY, HOUR, MIN
from clockscenes import SCENES

CASES = []

# Forwards and backwards, as far as the scene makes it a lie: a clock of the building
# program may stand before the Date by no more than the sending takes, a draft's
# beginning or an image may be old, a mail may wait for days between two servers.
BOTH = (-40 * DAY, 2 * DAY + 5 * HOUR)
LATER = (5 * HOUR, 21 * DAY, 400 * DAY)
SHIFTS = {
    "mid_exim": (-26 * DAY, 4 * HOUR), "mid_ses": (-9 * DAY, 30 * DAY), "bnd_gmail": (-23 * DAY, -400 * DAY, 3 * HOUR, 5 * DAY),
    "bnd_mime_lite": (-95 * DAY, 11 * DAY), "bnd_outlook": (-60 * DAY, 3 * DAY, -800 * DAY), "bnd_dsn": (-15 * DAY, 8 * HOUR),
    "date_mutt": (-5 * HOUR, 5 * HOUR, -30 * DAY, 9 * DAY), "date_camel": (-3 * HOUR, 3 * HOUR, 700 * DAY), "date_dkim": (-7 * HOUR, 26 * HOUR),
    "date_zone": (4 * HOUR, -5 * HOUR, 3 * HOUR), "date_zone_only": (4 * HOUR, -5 * HOUR, 7 * HOUR),
    "dkim": (-6 * DAY, 3 * DAY, 90 * DAY), "arc": (-5 * DAY, 12 * DAY),
    "stamp_oldest": (6 * HOUR, 4 * DAY, -7 * HOUR), "stamp_middle": (3 * HOUR, -3 * HOUR, 40 * DAY, -2 * DAY), "stamp_newest": (-5 * HOUR, -3 * DAY),
    "queue_sendmail": (-DAY, 2 * DAY, -366 * DAY), "queue_exim": (-5 * DAY, 6 * HOUR), "queue_postfix": (-3 * DAY, 20 * HOUR),
    "queue_iplanet": (-4 * DAY, 2 * DAY), "queue_momentum": (-10 * DAY, DAY), "queue_powermta": (20 * DAY, -30 * DAY),
    "gmail_ms": (-4 * HOUR, 9 * DAY), "eop_arrival": (-30 * HOUR, 6 * HOUR), "original_arrival": (-2 * DAY, 3 * HOUR, 200 * DAY),
    "thread_child": LATER, "thread_root": LATER, "pgp": (2 * DAY, 3 * HOUR, 500 * DAY), "smime": (2 * DAY, 4 * HOUR, 300 * DAY),
    "file_date": (2 * DAY, 50 * DAY), "image_id": (2 * DAY, 30 * DAY), "pine": (5 * HOUR, 3 * DAY), "eudora": (6 * HOUR, 2 * DAY), "lotus": (3 * HOUR, 30 * DAY),
    "exchange_build": (-500 * DAY, 400 * DAY),
}


def moved(f, d):
    return lambda c: f(c, d)


for _name, (_f, _first, _last) in SCENES.items():
    for _n, _d in enumerate(SHIFTS.get(_name, BOTH)):
        _days = _d / DAY
        CASES.append((_name, "lie", 1, _first, _last, moved(_f, _d // MIN * MIN), "%s moved by %+.1f days%s" % (
            _name.replace("_", " "), _days, ": " + _f.__doc__ if _f.__doc__ else "")))
