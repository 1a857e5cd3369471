# SPDX-License-Identifier: MIT
# Makefile -- each cmd/tk-NAME.c is a program, each lib/*/NAME.c a module
#
# There are no lists here: a program is added as cmd/tk-NAME.c,
# man/tk-NAME.1 and tests/tk-NAME.bats, a module as two files and a line in
# lib/ORDER.
#
#	make			build the programs into build/
#	make demo		set up, and show the requests of a recording
#	make check		set up, then all tests; with SAN=1 sanitized
#	make lint		layers, lengths, format, pages, shell, analysis
#	make fuzz FUZZ_TIME=60	each tests/fuzz/*.c for so many seconds
#	make bench		how fast, beside other programs
#	make format		let clang-format rewrite the sources
#	make install		PREFIX=/usr/local, under DESTDIR; also uninstall
#	make setup FOR=lint	install what demo, check, lint or fuzz needs
#	make clean
#
# V=1 shows the commands.

VERSION = 0.1

PREFIX  ?= /usr/local
BINDIR  ?= $(PREFIX)/bin
MANDIR  ?= $(PREFIX)/share/man
DATADIR ?= $(PREFIX)/share/tracekit
BUILD   ?= build
OUT     := $(BUILD)

CFLAGS  ?= -O2 -g
WARN     = -Wall -Wextra -Wshadow -Wvla -Wwrite-strings -Wpointer-arith \
	   -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes

PKGS      = zlib libzstd jansson libtraceevent libtracefs nettle yaml-0.1 \
	    snappy liblz4 libxxhash
TOOL_PKGS = libtracecmd

ifdef SAN
OUT      := $(BUILD)/san
SANITIZE  = -fsanitize=address,undefined -fno-sanitize-recover=all \
	    -fno-omit-frame-pointer
endif
ifdef FUZZING
OUT      := $(BUILD)/fuzz
CC        = clang
CFLAGS    = -O1 -g
SANITIZE  = -fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

# The inner loops run through several modules; to optimise over all of them
# when a program is linked makes it a tenth faster.  Objects hold code of
# their own as well, for the many tests, which link quickly without.  A
# function begins at a line of the processor's cache, so that its speed does
# not change with the size of those before it (a twentieth).
ifeq ($(SANITIZE),)
ifneq ($(shell $(CC) --version 2>/dev/null | grep 'Free Software'),)
LTO         = -flto=auto -flto-partition=one -falign-functions=64
COMPILE_LTO = -flto=auto -ffat-lto-objects -falign-functions=64
endif
endif

Q := $(if $(V),,@)
say = $(if $(V),:,printf '  %-5s %s\n')

# pkg-config may be missing until the set-up has run, so it is asked only
# when a recipe needs the answer, and once.
pkgs       = $(if $(shell pkg-config --exists $(2) 2>/dev/null && echo yes),,\
	$(error $(2) not found by pkg-config: "make setup" installs \
	what the build needs))$(shell pkg-config $(1) $(2))
PKG_CFLAGS = $(eval PKG_CFLAGS := $(call pkgs,--cflags,$(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(call pkgs,--libs,$(PKGS)))$(PKG_LIBS)
TOOL_CFLAGS = $(eval TOOL_CFLAGS := $(call \
	pkgs,--cflags,$(TOOL_PKGS)))$(TOOL_CFLAGS)
TOOL_LIBS  = $(eval TOOL_LIBS := $(call pkgs,--libs,$(TOOL_PKGS)))$(TOOL_LIBS)

STANDARD = -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 \
	   -DTK_VERSION='"$(VERSION)"' -Ilib
COMPILE  = $(CC) -pthread $(STANDARD) $(CPPFLAGS) $(WARN) $(SANITIZE) \
	   $(CFLAGS) $(COMPILE_LTO) $(PKG_CFLAGS)
# --as-needed: a program needs at run time only the libraries that it calls.
LINK     = $(CC) -pthread $(SANITIZE) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed
LDLIBS  += -lm

PROGRAMS := $(patsubst cmd/%.c,$(OUT)/%,$(wildcard cmd/tk-*.c))
MODULES  := $(patsubst %.c,$(OUT)/%.o,$(wildcard lib/*/*.c))
UNITS    := $(patsubst %.c,$(OUT)/%,$(wildcard tests/unit/*.c))
TOOLS    := $(patsubst tests/tools/%.c,$(OUT)/tests/%,\
	    $(wildcard tests/tools/*.c))
FUZZERS  := $(patsubst tests/fuzz/%.c,$(OUT)/%,$(wildcard tests/fuzz/*.c))
MANUALS  := $(wildcard man/*.[157])
SOURCES  := $(wildcard lib/*/*.[ch] cmd/*.[ch])
TESTS_C  := $(wildcard tests/*/*.[ch])
SHELL_SCRIPTS = $(filter-out %.yml %.yaml %.md %.jq %.awk,\
	$(wildcard .ci/* pipelines/* tests/*.bats tests/*.bash tests/run \
	tests/*/*.bash tests/fuzz/run \
	tests/bench/run tests/bench/*.sh))

all: $(PROGRAMS)

$(PROGRAMS): $(OUT)/%: $(OUT)/cmd/%.o $(OUT)/libtk.a
	@$(say) LINK $@
	$(Q)$(LINK) $(LTO) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(UNITS): $(OUT)/%: $(OUT)/%.o $(OUT)/libtk.a
	@$(say) LINK $@
	$(Q)$(LINK) -fno-lto -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(TOOLS): $(OUT)/tests/%: $(OUT)/tests/tools/%.o $(OUT)/libtk.a
	@$(say) LINK $@
	$(Q)$(LINK) -fno-lto -o $@ $^ $(PKG_LIBS) $(TOOL_LIBS) $(LDLIBS)

$(FUZZERS): $(OUT)/%: $(OUT)/tests/fuzz/%.o $(OUT)/libtk.a
	@$(say) LINK $@
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS) $(LDLIBS)

# Made anew each time, so that a module that is gone is gone here too; q,
# since two modules may have one name in two folders.
$(OUT)/libtk.a: $(MODULES) $(OUT)/modules
	@$(say) AR $@
	$(Q)rm -f $@ && $(AR) qcs $@ $(MODULES)

# private: the flags' file has those that all share.
$(OUT)/tests/tools/%.o: private CPPFLAGS += $(TOOL_CFLAGS)

$(OUT)/%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)
	@$(say) CC $<
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# These change when the flags or the list of modules do, and not otherwise.
$(OUT)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE)' | cmp -s - $@ || echo '$(COMPILE)' >$@
$(OUT)/modules: FORCE
	@mkdir -p $(@D)
	@echo '$(MODULES)' | cmp -s - $@ || echo '$(MODULES)' >$@

# Those that set up first call make again: it has to look at the libraries
# when they are there.
AGAIN = +$(Q)$(MAKE) --no-print-directory

FOR ?= demo check
setup:
	@.ci/setup $(FOR)

demo:
	@.ci/setup demo
	$(AGAIN) all
	@PATH="$(abspath $(OUT)):$$PATH" pipelines/demo

check:
	@.ci/setup check
	$(AGAIN) check-programs
	@TK_BIN=$(abspath $(OUT)) TK_SAN=$(SAN) tests/run $(UNITS)

check-programs: $(PROGRAMS) $(UNITS) $(TOOLS)

bench:
	@.ci/setup check
	$(AGAIN) check-programs
	@TK_BIN=$(abspath $(OUT)) \
	PATH="$(abspath $(OUT)):$(abspath $(OUT))/tests:$$PATH" tests/bench/run

FUZZ_TIME ?= 30
fuzz:
	@.ci/setup fuzz
	$(AGAIN) FUZZING=1 fuzz-run
fuzz-run: $(FUZZERS)
	@set -e; for f in $^; do tests/fuzz/run $$f $(FUZZ_TIME); done

LINTS = lint-layers lint-length lint-format lint-manuals lint-shell \
	lint-cppcheck lint-tidy
lint:
	@.ci/setup lint
	$(AGAIN) -k $(LINTS)

lint-layers:
	@$(say) LINT layers
	$(Q)awk -f tests/layers.awk lib/ORDER $(SOURCES)

lint-length:
	@$(say) LINT lengths
	$(Q)LC_ALL=C awk -f tests/length.awk $(SOURCES) $(TESTS_C) Makefile \
		$(SHELL_SCRIPTS) $(wildcard tests/*.awk)

lint-format:
	@$(say) LINT format
	$(Q)clang-format --dry-run --Werror $(SOURCES) $(TESTS_C)

# Pages of other packages are not looked for.  mandoc says that to its standard
# error in the middle of a line of its output, if that is long: page by page.
lint-manuals:
	@$(say) LINT manuals
	$(Q)for m in $(MANUALS); do mandoc -T lint $$m 2>&1; done | awk ' \
		/referenced manual not found|mandoc\.db/ { next } \
		{ print; bad = 1 } \
		END { exit bad }'

lint-shell:
	@$(say) LINT shell
	$(Q)shellcheck -x -P SCRIPTDIR $(SHELL_SCRIPTS)

# uthash's macros mislead analysers; tests/lint has a plain model of them.
# What is not initialised, gcc and the sanitizers tell better than cppcheck.
lint-cppcheck:
	@$(say) LINT cppcheck
	$(Q)cppcheck -q --error-exitcode=1 --enable=warning,portability \
		--inline-suppr --suppress=missingIncludeSystem --std=c11 \
		--suppress=uninitvar --suppress=legacyUninitvar \
		--suppress=ctuuninitvar \
		-D_GNU_SOURCE -DTK_VERSION='"$(VERSION)"' -Itests/lint -Ilib \
		lib cmd tests/unit tests/tools

lint-tidy:
	@$(say) LINT clang-tidy
	$(Q)printf '%s\n' $(filter %.c,$(SOURCES)) \
		$(wildcard tests/tools/*.c) | \
		xargs -P 2 -n 4 tests/tidy -Itests/lint $(STANDARD) $(WARN) \
		$(PKG_CFLAGS) $(TOOL_CFLAGS)

format:
	clang-format -i $(SOURCES) $(TESTS_C)

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(DATADIR)/pipelines
	install -m 755 $(PROGRAMS) $(DESTDIR)$(BINDIR)
	@# The pages name the folder where the pipelines are.
	for m in $(MANUALS); do \
		to=$(DESTDIR)$(MANDIR)/man$${m##*.}/$${m##*/}; \
		install -D -m 644 $$m $$to; \
		sed 's|/usr/local/share/tracekit|$(DATADIR)|' $$m >$$to; \
	done
	for p in $(wildcard pipelines/*); do \
		if [ -x $$p ]; then mode=755; else mode=644; fi; \
		install -m $$mode $$p $(DESTDIR)$(DATADIR)/pipelines; \
	done

uninstall:
	rm -f $(PROGRAMS:$(OUT)/%=$(DESTDIR)$(BINDIR)/%)
	for m in $(MANUALS); do \
		rm -f $(DESTDIR)$(MANDIR)/man$${m##*.}/$${m##*/}; \
	done
	rm -rf $(DESTDIR)$(DATADIR)

clean:
	rm -rf $(BUILD)

FORCE:
.PHONY: all setup demo check check-programs bench fuzz fuzz-run lint $(LINTS) \
	format install uninstall clean FORCE
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
