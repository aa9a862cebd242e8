"""Read by Voilà beside voila.json when the page is served."""

from hanyang_data.explore.served import open_with_token, refuse_odd_addresses, tell_to_wait

refuse_odd_addresses()
open_with_token()
tell_to_wait()
