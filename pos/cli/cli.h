// The command line of the till: finds the command, its options and the data
// folder, and runs it. Errors are one line on stderr that says what to do.
#pragma once

namespace pos::cli {

// The exit status of the program: see Status in command.h.
int run(int argc, char** argv);

}  // namespace pos::cli
