/// What a run says to the person at the terminal.
package ppl.report;
