#include "drivers/terminal/card_terminal.h"

#include <array>
#include <utility>

namespace drivers {

namespace {

using Field = std::pair<std::string_view, std::string CardReference::*>;
constexpr std::array<Field, 7> fields{
    Field{"tid", &CardReference::terminal_id},   Field{"trace", &CardReference::trace},
    Field{"auth", &CardReference::auth_code},    Field{"receipt", &CardReference::receipt},
    Field{"turnover", &CardReference::turnover}, Field{"moment", &CardReference::moment},
    Field{"name", &CardReference::name}};

}  // namespace

std::string to_text(const CardReference& reference) {
  std::string text;
  for (const auto& [name, member] : fields) {
    const std::string& value = reference.*member;
    if (value.empty()) continue;
    if (!text.empty()) text += ';';
    text += name;
    text += '=';
    for (const char c : value) text += c == ';' ? ',' : c;
  }
  return text;
}

CardReference reference_from(std::string_view text) {
  CardReference reference;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    const std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto equals = item.find('=');
    if (equals == item.npos) continue;
    for (const auto& [name, member] : fields) {
      if (item.substr(0, equals) == name) reference.*member = item.substr(equals + 1);
    }
  }
  return reference;
}

ServiceReport CardTerminal::serve(CardService, CardHooks&) {
  switch (health()) {
    case TerminalHealth::ready:
      return {{true, "The card terminal answers.", ""}};
    case TerminalHealth::busy:
      return {{false, "The card terminal is busy.", ""}};
    case TerminalHealth::unreachable:
      break;
  }
  return {{false, "The card terminal cannot be reached.", ""}};
}

DayEnd CardTerminal::end_day(CardHooks&) {
  return {.says = "This terminal has no day of its own."};
}

}  // namespace drivers
