/* SPDX-License-Identifier: MIT */
/*
 * job: what a recording leaves when it ends, and that one which cannot begin
 * leaves nothing: no file, no instance, no child, no descriptor
 */
#include "capture/job.h"

#include <signal.h>
#include <sys/wait.h>

#include "capture/notes.h"
#include "live.h"
#include "tracefs/choice.h"

static char dir[] = "/tmp/tk-job-XXXXXX";
static const char *tracefs;
static struct choice choice;
static struct machine machine;

static void
documents(void)
{
	static const char *const name[][2] = { { "a.txt", "a.txt.json" },
		{ "d/", "d.json" }, { "d///", "d.json" }, { "/", "/.json" },
		{ "x/d/", "x/d.json" }, { "a", "a.json" }, { "", ".json" } };

	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		char *got = job_document_of(name[i][0]);

		assert(strcmp(got, name[i][1]) == 0);
		free(got);
	}
}

/* The status that comes out where the command's was that, and the program's own
 * is own. */
static void
status_is(int status, int own, bool timed_out, const char *what, int want)
{
	struct job j = { .path = NULL };

	j.result.status = status;
	j.result.timed_out = timed_out;
	j.session.trouble.what = what;
	assert(job_status(&j, own) == want);
}

static void
statuses(void)
{
	struct job j = { .path = NULL };

	status_is(0, 0, false, NULL, 0);
	status_is(7, 0, false, NULL, 7);
	status_is(130, 0, false, NULL, 130);
	status_is(-1, 0, false, NULL, 0); /* there was none */
	status_is(-1, 3, false, NULL, 3); /* --strict */
	status_is(0, 3, false, NULL, 3);
	status_is(7, 3, false, NULL, 7);
	status_is(7, 1, false, NULL, 1);
	status_is(143, 0, true, NULL, 124);
	status_is(0, 0, false, "failed", 1);
	status_is(143, 0, true, "failed", 1);
	j.session.cannot_start = true;
	j.session.trouble.what = "cannot be started";
	j.session.trouble.error = ENOENT;
	assert(job_status(&j, 1) == 127);
	j.session.trouble.error = EACCES;
	assert(job_status(&j, 1) == 126);
}

static char *
in_dir(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

/* A job of that command, to that file. */
static struct job
job_of(char **command, const char *path, enum sink_form form)
{
	struct job j = { .at = AT_FDCWD,
		.path = path,
		.machine = &machine,
		.command_line = str_of("test") };

	j.plan.tracefs = tracefs;
	j.plan.setup.choice = &choice;
	j.plan.setup.clock = "mono";
	j.plan.setup.kilobytes = 256;
	j.plan.sink.form = form;
	j.plan.command = command;
	j.plan.streams = (struct command_streams){ COMMAND_SAME, COMMAND_SAME,
		COMMAND_SAME };
	return j;
}

static void
nothing_is_left(int descriptors)
{
	assert(live_instances(tracefs, getpid()) == 0);
	assert(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
	assert(live_descriptors() == descriptors);
}

/* It cannot begin; what is said of that has about in it. */
static void
does_not_begin(struct job *j, const char *about)
{
	int before = live_descriptors();
	struct output said;

	assert(job_start(j) == -1 && j->session.trouble.what != NULL);
	output_in_memory(&said);
	notes_failure(j, &said);
	output_byte(&said, '\0');
	if (strstr(said.buf, about) == NULL)
		fprintf(stderr, "%s\n", said.buf);
	assert(strstr(said.buf, about) != NULL);
	output_close(&said);
	job_free(j);
	nothing_is_left(before);
}

/* Makes a program whose interpreter is missing. */
static void
make_script(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0700);

	assert(fd >= 0 && write(fd, "#!/nonexistent\n", 15) == 15);
	close(fd);
}

static void
commands_that_cannot_start(void)
{
	char *absent[] = { (char *)"/nonexistent/x", NULL };
	char *missing[] = { (char *)"tk-no-such-program", NULL };
	char *refused[] = { (char *)"/etc/passwd", NULL };
	static const enum sink_form forms[] = { SINK_TEXT, SINK_RECORDS,
		SINK_DAT };
	char script[128], *bad[] = { script, NULL };
	char *path = in_dir("out");
	struct job j;

	snprintf(script, sizeof(script), "%s/script", dir);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		j = job_of(absent, path, forms[i]);
		does_not_begin(&j,
		    "/nonexistent/x: cannot be started: No such");
		assert(job_status(&j, 1) == 127);
		j = job_of(missing, path, forms[i]);
		does_not_begin(&j, "tk-no-such-program: cannot be started");
		assert(job_status(&j, 1) == 127);
		j = job_of(refused, path, forms[i]);
		does_not_begin(&j,
		    "/etc/passwd: cannot be started: Permission");
		assert(job_status(&j, 1) == 126);
		assert(access(path, F_OK) == -1 && errno == ENOENT);
	}
	/* What comes out only when it is tried. */
	make_script(script);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		j = job_of(bad, path, forms[i]);
		does_not_begin(&j, "script: cannot be started: No such");
		assert(access(path, F_OK) == -1 && errno == ENOENT);
	}
	/* A flight recorder has no readers yet. */
	j = job_of(bad, path, SINK_RECORDS);
	j.plan.last = 1000000000;
	does_not_begin(&j, "cannot be started");
	/* Nothing is made where that is known before. */
	j = job_of(absent, path, SINK_RAW);
	does_not_begin(&j, "cannot be started");
	assert(unlink(script) == 0);
	assert(rmdir(dir) == 0 && mkdir(dir, 0700) == 0);
}

static void
what_the_kernel_refuses(void)
{
	char *command[] = { (char *)"true", NULL };
	char *path = in_dir("out");
	struct choice filtered;
	struct job j = job_of(command, path, SINK_RECORDS);

	j.plan.setup.clock = "sundial";
	does_not_begin(&j, "trace_clock: the kernel refuses it: Invalid");
	assert(job_status(&j, 1) == 1);
	j = job_of(command, path, SINK_DAT);
	j.plan.setup.cpus = "8191";
	does_not_begin(&j, "tracing_cpumask: ");
	assert(choice_open(&filtered, tracefs) == 0);
	assert(choice_words(&filtered, str_of("sched_switch")) == NULL);
	assert(choice_filter(&filtered, str_of("nosuch > 0")) == NULL);
	j = job_of(command, path, SINK_TEXT);
	j.plan.setup.choice = &filtered;
	does_not_begin(&j, "Field not found");
	choice_close(&filtered);
	j = job_of(command, path, SINK_TEXT);
	j.plan.tracefs = "/nonexistent";
	does_not_begin(&j, "instance");
	assert(rmdir(dir) == 0 && mkdir(dir, 0700) == 0);
}

/* Outputs that cannot be opened; a file that was there stays. */
static void
outputs_that_cannot_be_opened(void)
{
	char *command[] = { (char *)"true", NULL };
	char *absent[] = { (char *)"/nonexistent/x", NULL };
	char *path = in_dir("mine"), text[8];
	int stdin_was = dup(STDIN_FILENO), fd;
	struct job j;

	fd = open(path, O_RDWR | O_CREAT, 0600);
	assert(fd >= 0 && write(fd, "mine\n", 5) == 5);
	close(fd);
	/* Our input is an empty file, which is none of this. */
	fd = open("/tmp", O_TMPFILE | O_RDWR, 0600);
	assert(fd >= 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO);
	close(fd);
	j = job_of(command, path, SINK_TEXT);
	j.command_output = "/nonexistent/said";
	does_not_begin(&j, "/nonexistent/said: cannot be written: No such");
	j = job_of(absent, path, SINK_TEXT);
	does_not_begin(&j, "/nonexistent/x: cannot be started");
	fd = open(path, O_RDONLY);
	assert(fd >= 0 && read(fd, text, sizeof(text)) == 5);
	close(fd);
	j = job_of(command, "/nonexistent/t", SINK_TEXT);
	does_not_begin(&j, "/nonexistent/t: cannot be written");
	j = job_of(command, "/nonexistent/t.dat", SINK_DAT);
	does_not_begin(&j, "/nonexistent/t.dat: cannot be written");
	assert(unlink(path) == 0);
	dup2(stdin_was, 0);
	close(stdin_was);
}

/* A recording is whole, and has its document beside it. */
static void
one_that_ends(enum sink_form form, int status)
{
	char *command[] = { (char *)"sh", (char *)"-c",
		(char *)(status == 0 ? "exit 0" : "exit 5"), NULL };
	char path[128], beside[140];
	int before = live_descriptors();
	struct job j;
	struct stat st;

	snprintf(path, sizeof(path), "%s/out", dir);
	snprintf(beside, sizeof(beside), "%s.json", path);
	j = job_of(command, path, form);
	j.document = beside;
	j.plan.setup.kilobytes = 4096;
	assert(job_start(&j) == 0);
	assert(live_instances(tracefs, getpid()) == 1);
	while (session_wait(&j.session, 200))
		;
	assert(job_finish(&j) == 0 && job_status(&j, 0) == status);
	assert(j.result.end == SESSION_COMMAND && j.events > 0);
	job_free(&j);
	nothing_is_left(before);
	assert(stat(path, &st) == 0 && st.st_size > 0);
	assert(unlink(path) == 0 && unlink(beside) == 0);
	assert(rmdir(dir) == 0 && mkdir(dir, 0700) == 0);
}

/* Two signals at once are no sign of one who does not read. */
static void
signals_that_come_together(void)
{
	int before = live_descriptors();
	char *path = in_dir("out");
	struct job j = job_of(NULL, path, SINK_RECORDS);
	struct stat st;

	assert(job_start(&j) == 0);
	assert(kill(getpid(), SIGINT) == 0 && kill(getpid(), SIGTERM) == 0);
	while (session_wait(&j.session, 200))
		;
	assert(job_finish(&j) == 0 && !j.result.stuck);
	assert(j.result.end == SESSION_SIGNAL && j.result.signal != 0);
	job_free(&j);
	nothing_is_left(before);
	assert(stat(path, &st) == 0 && st.st_size > 0);
	assert(unlink(path) == 0);
}

int
main(void)
{
	documents();
	statuses();
	tracefs = live_tracefs();
	alarm(100); /* rather than to hang */
	assert(mkdtemp(dir) != NULL);
	machine_read(&machine, "");
	assert(choice_open(&choice, tracefs) == 0);
	assert(choice_preset(&choice, str_of("sched")) == NULL);
	commands_that_cannot_start();
	what_the_kernel_refuses();
	outputs_that_cannot_be_opened();
	one_that_ends(SINK_RECORDS, 0);
	one_that_ends(SINK_DAT, 5);
	signals_that_come_together();
	choice_close(&choice);
	machine_free(&machine);
	return rmdir(dir);
}
