/** Stands before each line of a report that leaves an extension host among much else that is logged there. Invisible in a terminal. */
export const reportMark = '\u001e';
