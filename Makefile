# dossier: `make help` lists the targets.
#
# Objects go to .build/VARIANT, a place of its own for each set of sanitizers, so nothing is
# rebuilt when switching between them.  Files are found by name: a new room is a new file.
#   core/*.c    libcore.a    links PCRE2 and libunistring alone; the tests of core prove it
#   corpus/*.c  libcorpus.a  + libxml2, jansson, SQLite
#   tui/*.c     libtui.a     + ncursesw; main.c makes the program
#   *_tool.c    programs of the house (trainer, generators), in no library

PREFIX  ?= /usr/local
DESTDIR ?=
CFLAGS  ?= -O2 -g
SAN     ?=
WERROR  ?=

comma   := ,
VARIANT := $(if $(SAN),san-$(subst $(comma),-,$(SAN)),plain)
B       := .build/$(VARIANT)

PKG     := pkg-config
STD     := -std=gnu11 -D_GNU_SOURCE -I. -MMD -MP -pthread
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
           -Wwrite-strings -Wvla $(if $(WERROR),-Werror)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)

CORE_CFLAGS   := $(shell $(PKG) --cflags libpcre2-8 2>/dev/null)
CORE_LIBS     := $(shell $(PKG) --libs libpcre2-8 2>/dev/null || echo -lpcre2-8) -lunistring -lm -pthread
CORPUS_CFLAGS := $(shell $(PKG) --cflags libxml-2.0 jansson sqlite3 2>/dev/null)
CORPUS_LIBS   := $(shell $(PKG) --libs libxml-2.0 jansson sqlite3 2>/dev/null || echo -lxml2 -ljansson -lsqlite3)
CURSES_CFLAGS := $(shell $(PKG) --cflags ncursesw 2>/dev/null)
CURSES_LIBS   := $(shell $(PKG) --libs ncursesw 2>/dev/null || echo -lncursesw -ltinfo)
CMOCKA_LIBS   := $(shell $(PKG) --libs cmocka 2>/dev/null || echo -lcmocka)

sources  = $(filter-out %_tool.c,$(wildcard $(1)/*.c $(1)/*/*.c))
objects  = $(patsubst %.c,$(B)/%.o,$(1))
CORE_O   := $(call objects,$(call sources,core))
CORPUS_O := $(call objects,$(call sources,corpus))
TUI_O    := $(call objects,$(filter-out tui/main.c,$(call sources,tui)))
SUPPORT_O := $(call objects,$(wildcard tests/support/*.c))
TESTS    := $(patsubst tests/%.c,$(B)/tests/%,$(sort $(wildcard tests/test_*.c)))
FUZZERS  := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES  := $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/bench_*.c))
TOOLS    := $(patsubst %.c,$(B)/%,$(wildcard */*_tool.c */*/*_tool.c))

LIBS     := $(B)/libtui.a $(B)/libcorpus.a $(B)/libcore.a
ALL_LIBS := $(CURSES_LIBS) $(CORPUS_LIBS) $(CORE_LIBS)

.PHONY: all
all: $(B)/dossier ## build the program: .build/plain/dossier

$(B)/dossier: $(B)/tui/main.o $(LIBS)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(B)/libcore.a: $(CORE_O)
$(B)/libcorpus.a: $(CORPUS_O)
$(B)/libtui.a: $(TUI_O)
$(B)/libsupport.a: $(SUPPORT_O)
$(B)/%.a:
	@rm -f $@; mkdir -p $(@D)
	$(AR) rcs $@ $^

$(B)/tui/screen_curses.o: private EXTRA = $(CURSES_CFLAGS)
$(B)/corpus/%.o: private EXTRA = $(CORPUS_CFLAGS)
$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(CORE_CFLAGS) $(EXTRA) $(CFLAGS) $(SANFLAGS) -c -o $@ $<

# The walls, proven by linking: a test of core gets core's libraries and no others.
$(B)/tests/test_core_%: $(B)/tests/test_core_%.o $(B)/libsupport.a $(B)/libcore.a
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(CMOCKA_LIBS)
$(B)/tests/test_corpus_%: $(B)/tests/test_corpus_%.o $(B)/libsupport.a $(B)/libcorpus.a $(B)/libcore.a
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(CORPUS_LIBS) $(CORE_LIBS) $(CMOCKA_LIBS)
$(B)/tests/test_tui_%: $(B)/tests/test_tui_%.o $(B)/libsupport.a $(LIBS)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(CMOCKA_LIBS)
$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/standalone.o $(B)/libsupport.a $(LIBS)
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/bench/%: $(B)/tests/bench/%.o $(B)/libsupport.a $(LIBS)
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(TOOLS): $(B)/%: $(B)/%.o $(B)/libcorpus.a $(B)/libcore.a
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(CORPUS_LIBS) $(CORE_LIBS)

.PHONY: run
run: all ## open the reader on the sample case
	$(B)/dossier

.PHONY: test check check-san
test: all $(TESTS) ## run the tests, T=name for those whose name holds it
	@DOSSIER=$(B)/dossier sh tests/support/run.sh $(B)/tests $(sort $(foreach t,$(TESTS),$(if $(findstring $(T),$(t)),$(t))))
check: ## everything a landing must pass: the tests, then the same under sanitizers
	$(MAKE) test WERROR=1
	$(MAKE) check-san WERROR=1
check-san: ## the tests under the address and undefined-behaviour sanitizers
	$(MAKE) test SAN=address,undefined

.PHONY: clean
clean: ## take .build away
	rm -rf .build

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | \
	    while IFS="$$(printf '\t')" read -r t h; do printf '  %-18s %s\n' "$$t" "$$h"; done

-include $(patsubst %.o,%.d,$(CORE_O) $(CORPUS_O) $(TUI_O) $(SUPPORT_O) $(B)/tui/main.o) \
         $(wildcard $(B)/tests/*.d $(B)/tests/*/*.d)
.SECONDARY:
