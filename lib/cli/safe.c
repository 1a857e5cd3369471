/* SPDX-License-Identifier: MIT */
#include "cli/safe.h"

#include <stdlib.h>

#include "base/mem.h"

void
safe_print(FILE *to, struct str s, bool ascii)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < ' ' || c == 0x7f || (ascii && c > 0x7f))
			fprintf(to, "\\x%02x", c);
		else
			putc(c, to);
	}
}

static void
quote(FILE *to, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789%+,-./:=@_";

	if (*word != '\0' && word[strspn(word, plain)] == '\0') {
		fputs(word, to);
		return;
	}
	putc('\'', to);
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			fputs("'\\''", to);
		else
			putc(*word, to);
	}
	putc('\'', to);
}

char *
safe_command(const char *program, int argc, char *const argv[])
{
	char *command = NULL;
	size_t n;
	FILE *to = open_memstream(&command, &n);

	if (to == NULL)
		return mem_dup(program, strlen(program));
	quote(to, program);
	for (int i = 1; i < argc; i++) {
		putc(' ', to);
		quote(to, argv[i]);
	}
	if (fclose(to) == 0)
		return command;
	free(command);
	return mem_dup(program, strlen(program));
}
