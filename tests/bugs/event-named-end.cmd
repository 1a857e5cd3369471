# An event of the name end passed for the end of its trace
tk-parse | tk-parse | jq -c "[.type, .records]"
