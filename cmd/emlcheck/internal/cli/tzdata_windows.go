package cli

import _ "time/tzdata" // for --tz: Windows has no zone files of its own
