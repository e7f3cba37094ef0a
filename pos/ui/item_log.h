// Everything that a frame drew: each widget and each text, where and in which
// state. What a test or `tresen drive` sees and taps is what the cashier sees.
// UI thread only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pos/ui/renderer.h"

namespace pos::ui {

enum class ItemKind : std::uint8_t {
  text,
  button,
  chip,
  tile,
  line,
  row,
  field,
  key,
  toggle,
  stepper,
  entry,
  badge,
  icon,
  sheet
};
std::string_view to_text(ItemKind kind);

struct Item {
  std::string label;  // as shown, without the "##id"
  std::string id;     // what follows "##"; may be empty
  ItemKind kind = ItemKind::text;
  PixelRect rect;  // window pixels; clipped to what can be seen
  bool is_enabled = true;
  bool is_selected = false;
  int layer = 0;  // 0 is the screen; sheets lie above
};

class ItemLog {
 public:
  void clear() { items_.clear(); }
  // No-break spaces in its label become spaces, as in the names that are looked for.
  void add(Item item);
  const std::vector<Item>& items() const { return items_; }

  // The item that a person means by `name`: its id or its exact label first,
  // then a label that begins with it, then one that holds it. Of several the
  // upper layer and what can be tapped come first; "Delete#2" is the second.
  // Only things that can be seen count. Null if there is none.
  const Item* find(std::string_view name) const;
  const Item* find(std::string_view name, ItemKind kind) const;

  // Whether `text` can be read on the screen, in one item.
  bool shows(std::string_view text) const;

 private:
  std::vector<Item> items_;
};

}  // namespace pos::ui
