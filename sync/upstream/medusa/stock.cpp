// What was counted at the till, told to Medusa: a figure at the till's place that is read,
// noted down with what it is to become, and then set. Medusa knows no change of stock by a
// difference, and no key that makes a repeated one harmless.
#include <fmt/format.h>

#include "sync/upstream/medusa/dialogue.h"

namespace syncing::medusa {

// One note for each till: two of them never write over each other's.
std::string Dialogue::stock_note() const {
  return "pos_stock_" + job_.stock->till;
}

Dialogue::Next Dialogue::move_stock() {
  const core::StockChange& change = *job_.stock;
  if (change.names.inventory_id.empty()) {
    return refused("Medusa does not know this article any more.");
  }
  const std::string item = "/admin/inventory-items/" + url_escaped(change.names.inventory_id);
  if (!shelf_) {
    return ask(Asked::shelf, api_->get(item + "?fields=id,metadata,*location_levels"));
  }
  if (!shelf_->is_stocked) {
    return refused("Medusa keeps no stock of this article at the place of this till.");
  }
  if (shelf_->noted_key != core::to_text(job_.key)) {
    const std::int64_t wanted = shelf_->there + change.delta().thousandths / 1000;
    if (wanted < 0) {
      return refused(fmt::format("Medusa has only {} of this article.", shelf_->there));
    }
    Json metadata = shelf_->metadata;
    metadata[stock_note()] =
        fmt::format("{} {} {}", core::to_text(job_.key), shelf_->there, wanted);
    return ask(Asked::shelf_noted, api_->post(item + "?fields=id,metadata,*location_levels",
                                              {{"metadata", std::move(metadata)}}));
  }
  // What was noted is done, or is still to be; any other figure is somebody else's work, and
  // nobody can say whether ours is in it.
  if (shelf_->there == shelf_->noted_to) return done();
  if (shelf_->there != shelf_->noted_from) {
    return Answer{core::OutboxFate::unclear,
                  fmt::format("Somebody has changed this stock at Medusa at the same time: it was "
                              "{}, should be {} and is {}. Compare, and count once more.",
                              shelf_->noted_from, shelf_->noted_to, shelf_->there),
                  false,
                  {},
                  {}};
  }
  return ask(Asked::shelf_set,
             api_->post(fmt::format("{}/location-levels/{}?fields=id,metadata,*location_levels",
                                    item, url_escaped(place_->location)),
                        {{"stocked_quantity", shelf_->noted_to}}));
}

void Dialogue::take_shelf(const Json& json) {
  const Json& item = at(json, "inventory_item");
  shelf_ = Shelf{};
  shelf_->metadata = at(item, "metadata").is_object() ? at(item, "metadata") : Json::object();
  for (const Json& level : list_at(item, "location_levels")) {
    if (text_at(level, "location_id") != place_->location) continue;
    shelf_->is_stocked = true;
    shelf_->there = number_at(level, "stocked_quantity");
  }
  // "KEY FROM TO"
  const std::string note = text_at(shelf_->metadata, stock_note());
  const auto first = note.find(' '), second = note.rfind(' ');
  if (first == std::string::npos || second == first) return;
  const auto figure = [](std::string_view text) {
    const auto parsed = core::parse_quantity(text);
    return parsed ? parsed->thousandths / 1000 : -1;
  };
  shelf_->noted_key = note.substr(0, first);
  shelf_->noted_from = figure(std::string_view(note).substr(first + 1, second - first - 1));
  shelf_->noted_to = figure(std::string_view(note).substr(second + 1));
}

}  // namespace syncing::medusa
