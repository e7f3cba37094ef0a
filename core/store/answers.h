// Answers what the screens ask (core/questions.h). Any connection; one thread each.
#pragma once

#include <optional>

#include "core/questions.h"
#include "core/store/database.h"

namespace core {

Answer answer(Database& database, const Question& question);
// What can be said at once where the whole answer may take a while: the first hits
// of a search among the orders. Nothing: `answer` is quick.
std::optional<Answer> first_answer(Database& database, const Question& question);

}  // namespace core
