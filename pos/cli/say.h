// What the command line says to people. One line for an error, on stderr;
// control characters of whoever wrote a product's name never reach a terminal.
#pragma once

#include <string>
#include <string_view>

#include "pos/cli/command.h"

namespace pos::cli {

// "tresen: SENTENCE" on stderr; gives `status` back.
Status fail(std::string_view sentence, Status status = cannot);
void note(std::string_view sentence);  // the same for what is no error
void print(std::string_view text);     // lines on stdout

// Control characters become U+FFFD, a line break a blank.
std::string printable(std::string_view text);

}  // namespace pos::cli
