"""Read by Voilà beside voila.json when the page is served."""

from hanyang_data.explore.opened import open_with_token
from hanyang_data.explore.served import refuse_odd_addresses
from hanyang_data.explore.waiting import count_from_the_visit

refuse_odd_addresses()
open_with_token()
count_from_the_visit()
