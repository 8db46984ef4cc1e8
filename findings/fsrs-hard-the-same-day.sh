#!/bin/sh
# fsrs (py-fsrs) 6.3.1: "Hard" ten minutes after the first "Good" lowers the stability of a card; 6.3.2 leaves it as it was.
# Expected: a schedule does not change within releases that differ in the last number alone, since states that are computed
# anew from reviews then differ from those that were kept. Anki 26.9.3 agrees with 6.3.2.
# Seen: stability in days before and after, 2.3065 and 1.3334 with 6.3.1, 2.3065 twice with 6.3.2.
# Exits 0 while that is so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/try.py" <<'PYTHON'
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler

scheduler = Scheduler(enable_fuzzing=False)
now = datetime(2026, 3, 2, 10, tzinfo=UTC)
card, _ = scheduler.review_card(Card(card_id=1), Rating.Good, now)
later, _ = scheduler.review_card(card, Rating.Hard, now + timedelta(minutes=10))
print(round(card.stability, 4), round(later.stability, 4))
PYTHON
python3 -m venv "$folder/venv"
for release in 6.3.1 6.3.2; do
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "fsrs==$release" 2>/dev/null
  echo "$release $("$folder/venv/bin/python" "$folder/try.py")"
done | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
6.3.1 2.3065 1.3334
6.3.2 2.3065 2.3065
SEEN
