/* SPDX-License-Identifier: MIT */
#include "energy/plot.h"

#include <inttypes.h>

#include "energy/draw.h"
#include "energy/figure.h"
#include "energy/gnuplot.h"
#include "energy/result.h"

void
plot_open(struct plot *p, const struct arguments *a, char *const *inputs)
{
	*p = (struct plot){ .arguments = a };
	p->is_input = a->output != NULL && result_is_input(a->output, inputs);
	output_in_memory(&p->errors);
	/* Where no beginning was told, there is none: times may be below 0. */
	graph_open(&p->graph, a->from, a->to);
}

const char *
plot_line(struct plot *p, struct str line)
{
	struct sample s;
	bool is;
	const char *why = sample_read(&p->reader, line, &s, &is);

	if (why != NULL)
		return why;
	if (is)
		return graph_add(&p->graph, &s);
	frame_read(&p->frame, &p->reader.rec);
	return NULL;
}

static void
make_svg(struct plot *p)
{
	struct output script;

	if (p->is_input) {
		output_printf(&p->errors, "%s: %s\n", p->arguments->output,
		    result_error(0));
		return;
	}
	output_in_memory(&script);
	figure_script(&p->graph, &script);
	gnuplot_write((struct str){ script.buf, script.n },
	    p->arguments->output, &p->errors);
	output_close(&script);
}

void
plot_end(struct plot *p, unsigned columns, struct output *out)
{
	frame_finish(&p->frame);
	p->cut = p->frame.short_cut;
	p->incomplete = p->cut || p->frame.lost_marks > 0;
	if (!graph_measured(&p->graph))
		output_text(&p->errors,
		    "there is nothing to draw: no record has an energy, and "
		    "the time that it is of\n");
	else if (p->arguments->output != NULL)
		make_svg(p);
	else
		draw_graph(&p->graph, columns, out);
	if (p->graph.left_out > 0)
		output_printf(&p->errors,
		    "%" PRIu64 " records are not drawn: there are more than %d "
		    "zones\n",
		    p->graph.left_out, GRAPH_ZONES);
	graph_close(&p->graph);
	sample_reader_free(&p->reader);
}
