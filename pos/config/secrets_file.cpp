#include "pos/config/secrets_file.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <optional>
#include <sstream>
#include <vector>

namespace pos {

namespace {

// The parser throws where the text is no TOML.
std::optional<toml::table> parsed(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error&) {
    return {};
  }
}

std::string quoted(std::string_view text) {
  std::string all = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') all += '\\';
    if (static_cast<unsigned char>(letter) >= ' ') all += letter;
  }
  return all + "\"";
}

// Where a line and column of the parser are in the text.
std::size_t offset_of(std::string_view text, toml::source_position position) {
  std::size_t at = 0;
  for (toml::source_index line = 1; line < position.line && at < text.size(); ++line) {
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  return std::min(at + position.column - 1, text.size());
}

std::string replaced(std::string_view text, const toml::node& node, std::string_view value) {
  const auto begin = offset_of(text, node.source().begin);
  const auto end = std::max(begin, offset_of(text, node.source().end));
  return fmt::format("{}{}{}", text.substr(0, begin), value, text.substr(end));
}

// Behind the line of "[table]".
std::string inserted(std::string_view text, const toml::node& node, std::string_view line) {
  const auto header = offset_of(text, node.source().begin);
  const auto end = std::min(text.find('\n', header), text.size());
  const std::string_view rest = end < text.size() ? text.substr(end + 1) : "";
  return fmt::format("{}\n{}\n{}", text.substr(0, end), line, rest);
}

std::string appended(std::string_view text, std::string_view table, std::string_view line) {
  const char* gap = text.empty() ? "" : text.ends_with('\n') ? "\n" : "\n\n";
  return fmt::format("{}{}[{}]\n{}\n", text, gap, table, line);
}

std::string written(const toml::table& root) {
  std::ostringstream stream;
  stream << root << "\n";
  return stream.str();
}

}  // namespace

core::Result<std::string, std::string> with_secret(std::string_view text, std::string_view table,
                                                   std::string_view key, std::string_view value) {
  auto root = parsed(text);
  if (!root)
    return tl::unexpected(std::string("it is not TOML such as: [mail] password = \"...\""));
  const std::string line = fmt::format("{} = {}", key, quoted(value));
  std::vector<std::string> ways;
  if (const auto* known = root->get(table)) {
    const auto* inside = known->as_table();
    if (!inside) return tl::unexpected(fmt::format("\"{}\" in it is no table", table));
    if (const auto* old = inside->get(key)) ways.push_back(replaced(text, *old, quoted(value)));
    ways.push_back(inserted(text, *known, line));
  } else {
    root->insert(table, toml::table{});
    ways.push_back(appended(text, table, line));
  }
  const auto read_again = parsed(line);
  if (!read_again) return tl::unexpected(std::string("this secret cannot be written"));
  root->get(table)->as_table()->insert_or_assign(key, *read_again->get(key)->as_string());
  // Whichever way is taken, it must say the same as the table, and nothing else.
  for (std::string& way : ways) {
    const auto again = parsed(way);
    if (again && *again == *root) return std::move(way);
  }
  return written(*root);
}

}  // namespace pos
