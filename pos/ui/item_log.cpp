#include "pos/ui/item_log.h"

#include <algorithm>
#include <charconv>

namespace pos::ui {
namespace {

bool can_be_tapped(const Item& item) {
  return item.kind != ItemKind::text && item.kind != ItemKind::badge &&
         item.kind != ItemKind::icon && item.kind != ItemKind::sheet;
}

// How well `name` names the item: 4 exactly, 3 by id, 2 as its beginning,
// 1 somewhere in it, 0 not at all.
int match(const Item& item, std::string_view name) {
  if (item.rect.is_empty()) return 0;
  if (item.label == name) return 4;
  if (!item.id.empty() && item.id == name) return 3;
  if (item.label.starts_with(name)) return 2;
  return item.label.find(name) != std::string::npos ? 1 : 0;
}

// "Delete#2" is the second "Delete".
int take_number(std::string_view& name) {
  const std::size_t mark = name.rfind('#');
  if (mark == std::string_view::npos || mark == 0 || mark + 1 == name.size()) return 1;
  int number = 1;
  const char* end = name.data() + name.size();
  const auto [rest, error] = std::from_chars(name.data() + mark + 1, end, number);
  if (error != std::errc() || rest != end || number < 1) return 1;
  name = name.substr(0, mark);
  return number;
}

const Item* find_in(const std::vector<Item>& items, std::string_view name, const ItemKind* kind) {
  // An order "#1047" is a name of its own, so the whole text is tried first.
  const bool is_whole = std::any_of(items.begin(), items.end(),
                                    [&](const Item& item) { return match(item, name) >= 3; });
  const int number = is_whole ? 1 : take_number(name);
  if (name.empty()) return nullptr;
  std::vector<std::pair<int, const Item*>> found;
  for (const Item& item : items) {
    const int quality = match(item, name);
    if (quality == 0 || (kind != nullptr && item.kind != *kind)) continue;
    const int rank = quality * 1000 + item.layer * 10 + (can_be_tapped(item) ? 1 : 0);
    found.emplace_back(rank, &item);
  }
  if (found.empty()) return nullptr;
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  // Only equals are counted: the second of two, not the next worse match.
  const auto equals = std::count_if(found.begin(), found.end(), [&](const auto& entry) {
    return entry.first == found.front().first;
  });
  return number <= equals ? found[static_cast<std::size_t>(number) - 1].second : nullptr;
}

// As a person would type it: no-break spaces are spaces.
std::string readable(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 2) == "\u00A0") {
      plain += ' ';
      at += 2;
    } else if (text.substr(at, 3) == "\u202F") {
      plain += ' ';
      at += 3;
    } else {
      plain += text[at++];
    }
  }
  return plain;
}

}  // namespace

void ItemLog::add(Item item) {
  item.label = readable(item.label);
  items_.push_back(std::move(item));
}

std::string_view to_text(ItemKind kind) {
  constexpr std::string_view names[] = {"text",  "button", "chip", "tile",   "line",
                                        "row",   "field",  "key",  "toggle", "stepper",
                                        "entry", "badge",  "icon", "sheet"};
  return names[static_cast<std::size_t>(kind)];
}

const Item* ItemLog::find(std::string_view name) const {
  return find_in(items_, readable(name), nullptr);
}

const Item* ItemLog::find(std::string_view name, ItemKind kind) const {
  return find_in(items_, readable(name), &kind);
}

bool ItemLog::shows(std::string_view text) const {
  const std::string wanted = readable(text);
  return std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
    return !item.rect.is_empty() && item.label.find(wanted) != std::string::npos;
  });
}

}  // namespace pos::ui
