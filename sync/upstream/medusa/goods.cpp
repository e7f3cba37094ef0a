// What a dialogue tells Medusa of goods: that they left, and that they came back.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sync/upstream/medusa/dialogue.h"
#include "sync/upstream/medusa/order.h"

namespace syncing::medusa {

namespace {

Json items_of(const std::vector<std::pair<std::string, std::int64_t>>& lines) {
  Json items = Json::array();
  for (const auto& [id, quantity] : lines) items.push_back({{"id", id}, {"quantity", quantity}});
  return {{"items", std::move(items)}};
}

}  // namespace

std::optional<core::LineId> Dialogue::till_line(std::size_t line) const {
  const LineState& there = state_->lines[line];
  if (!is_own()) {
    for (const core::LineItem& ours : job_.order.lines) {
      if (ours.upstream_id == there.id) return ours.id;
    }
    return {};
  }
  if (there.position < 0) return {};
  const auto position = static_cast<std::size_t>(there.position);
  if (position >= job_.order.lines.size()) return {};
  return job_.order.lines[position].id;
}

Dialogue::Step Dialogue::fulfil_lines(const LineCounts& missing, const std::string& mark) {
  if (missing.empty()) return {};
  // Those that are shipped and those that are not must go apart.
  const auto ships = [&](const std::string& id) {
    return std::any_of(state_->lines.begin(), state_->lines.end(), [&](const LineState& line) {
      return line.id == id && line.requires_shipping;
    });
  };
  const bool first = ships(missing.front().first);
  Json items = Json::array();
  for (const auto& [id, quantity] : missing) {
    if (ships(id) == first) items.push_back({{"id", id}, {"quantity", quantity}});
  }
  Json wanted{
      {"items", std::move(items)}, {"location_id", place_->location}, {"no_notification", true}};
  if (!mark.empty()) wanted["metadata"] = {{parcel_mark, mark}};
  wrote_ = true;
  return moving_stock(write(api_->post(changed("/fulfillments"), wanted)));
}

Dialogue::Step Dialogue::deliver() {
  for (const FulfilmentState& fulfilment : state_->fulfilments) {
    if (fulfilment.is_canceled || fulfilment.is_delivered) continue;
    return write(api_->post(
        changed(fmt::format("/fulfillments/{}/mark-as-delivered", fulfilment.id)), Json::object()));
  }
  return {};
}

// What was sold over the counter left with the customer.
Dialogue::Step Dialogue::hand_over() {
  const core::Order& order = job_.order;
  std::map<core::LineId, std::int64_t> left;
  bool some_left = false;
  for (const core::Fulfilment& fulfilment : order.fulfilments) {
    if (fulfilment.state != core::FulfilmentState::done) continue;
    some_left = true;
    for (const core::LineQuantity& line : fulfilment.lines) {
      left[line.line] += pieces_of(line.quantity);
    }
  }
  const bool all_left = !some_left && order.fulfilments.empty() && order.fulfilment == "fulfilled";
  if (!some_left && !all_left) return {};
  LineCounts missing;
  for (std::size_t i = 0; i < state_->lines.size(); ++i) {
    const LineState& line = state_->lines[i];
    std::int64_t wanted = all_left ? line.quantity : 0;
    if (const auto id = till_line(i); !all_left && id) {
      std::int64_t& open = left[*id];
      wanted = std::min(open, line.quantity);
      open -= wanted;
    }
    if (wanted > line.fulfilled) missing.emplace_back(line.id, wanted - line.fulfilled);
  }
  if (Step step = fulfil_lines(missing, "")) return step;
  return deliver();
}

namespace {

// Goods may have left that nobody ordered any more: a person decides.
Answer taken_out(const core::Order& order, const core::LineQuantity& part, std::int64_t pieces) {
  std::string title;
  for (const core::LineItem& line : order.lines) {
    if (line.id == part.line) title = line.title;
  }
  return refused(
      fmt::format("{} x {} were to be sent, and {} of them are no longer in the order at Medusa.",
                  core::to_plain(part.quantity), title, pieces));
}

}  // namespace

// A parcel of an online order. What carries its mark is there already, also where a
// person has cancelled it since; what others have sent need not be sent again.
Dialogue::Step Dialogue::fulfil() {
  const auto subject = std::find_if(
      job_.order.fulfilments.begin(), job_.order.fulfilments.end(),
      [&](const core::Fulfilment& fulfilment) { return fulfilment.id.uuid == job_.subject; });
  if (subject == job_.order.fulfilments.end()) return refused("This order has no such parcel.");
  // Ready for pick-up is told when it has been picked up: Medusa has no word for it.
  if (subject->state == core::FulfilmentState::ready) return {};
  const std::string mark = core::to_text(subject->id);
  std::map<std::string, std::int64_t> told;
  std::size_t parts = 0;
  for (const FulfilmentState& there : state_->fulfilments) {
    if (!there.mark.starts_with(mark)) continue;
    ++parts;
    for (const auto& [line, quantity] : there.lines) told[line] += quantity;
  }
  LineCounts missing;
  for (const core::LineQuantity& part : subject->lines) {
    std::int64_t wanted = pieces_of(part.quantity), sent_by_others = 0;
    for (std::size_t i = 0; i < state_->lines.size(); ++i) {
      const LineState& line = state_->lines[i];
      if (till_line(i) != part.line) continue;
      wanted -= told[line.id];
      sent_by_others += std::max<std::int64_t>(0, line.fulfilled - told[line.id]);
      const std::int64_t more = std::min(wanted, line.quantity - line.fulfilled);
      if (more <= 0) continue;
      missing.emplace_back(line.id, more);
      wanted -= more;
    }
    if (wanted > sent_by_others) return taken_out(job_.order, part, wanted - sent_by_others);
  }
  if (!missing.empty() && state_->status == "canceled") return was_cancelled();
  const std::string part_mark = parts == 0 ? mark : fmt::format("{}/{}", mark, parts + 1);
  if (Step step = fulfil_lines(missing, part_mark)) return step;
  wrote_ |= parts > 0;
  return send(*subject);
}

// The parcel is on its way, or was handed over: no other one.
Dialogue::Step Dialogue::send(const core::Fulfilment& parcel) {
  const std::string mark = core::to_text(parcel.id);
  for (const FulfilmentState& there : state_->fulfilments) {
    if (there.is_canceled || !there.mark.starts_with(mark)) continue;
    const std::string path = fmt::format("/fulfillments/{}", there.id);
    if (job_.order.delivery == core::Delivery::pickup) {
      if (there.is_delivered) continue;
      return write(api_->post(changed(path + "/mark-as-delivered"), Json::object()));
    }
    if (there.is_shipped || parcel.tracking_number.empty()) continue;
    const std::string url = parcel.tracking_url.empty() ? "#" : parcel.tracking_url;
    Json wanted = items_of(there.lines);
    wanted["labels"] = Json::array(
        {{{"tracking_number", parcel.tracking_number}, {"tracking_url", url}, {"label_url", url}}});
    return write(api_->post(changed(path + "/shipments"), wanted));
  }
  return {};
}

// --- goods that come back ---

// What refunds put back on the shelf: each is one return, in Medusa's seven steps. A
// platform's order is told of one of them, each having a row of its own.
Dialogue::Step Dialogue::take_back() {
  for (const core::Refund& refund : job_.order.refunds) {
    if (!is_own() && refund.id.uuid != job_.subject) continue;
    if (Step step = take_back(refund)) return step;
  }
  return {};
}

// What is to come back of Medusa's lines: only what left can, in whole pieces.
Dialogue::LineCounts Dialogue::not_back_yet(const core::Refund& refund) const {
  std::map<core::LineId, std::int64_t> wanted;
  for (const core::RefundedLine& line : refund.lines) {
    if (line.restock && line.quantity.is_whole()) wanted[line.line] += pieces_of(line.quantity);
  }
  LineCounts missing;
  for (std::size_t i = 0; i < state_->lines.size(); ++i) {
    const LineState& line = state_->lines[i];
    const auto id = till_line(i);
    if (!id || !wanted.contains(*id)) continue;
    const std::int64_t more = std::min(wanted[*id], line.fulfilled - line.returned);
    wanted[*id] -= std::max<std::int64_t>(0, more);
    if (more > 0) missing.emplace_back(line.id, more);
  }
  return missing;
}

// An older program told returns without a mark: those of a till's order are there when as
// much has come back as all its refunds say.
bool Dialogue::covers_legacy_returns() const {
  if (!is_own()) return false;
  std::int64_t wanted = 0, back = 0;
  for (const core::Refund& refund : job_.order.refunds) {
    for (const core::RefundedLine& line : refund.lines) {
      if (line.restock) wanted += pieces_of(line.quantity);
    }
  }
  for (const LineState& line : state_->lines) back += line.returned;
  return back >= wanted;
}

Dialogue::Step Dialogue::take_back(const core::Refund& refund) {
  const bool restocks = std::any_of(refund.lines.begin(), refund.lines.end(),
                                    [](const core::RefundedLine& line) { return line.restock; });
  if (!restocks) return {};
  if (return_.stage != Return::Stage::unknown) return move_return();
  if (!returns_) {
    if (covers_legacy_returns()) return {};
    return ask(Asked::returns, api_->get(fmt::format("/admin/returns?order_id={}&limit=100&fields="
                                                     "id,status,created_at,metadata,*items",
                                                     id_)));
  }
  const std::string mark = core::to_text(refund.id);
  const LineCounts missing = not_back_yet(refund);
  for (const ReturnThere& there : *returns_) {
    if (there.mark != mark) continue;
    if (there.status != "open" && there.status != "requested") return {};
    return_ = {there.status == "open" ? Return::Stage::begun : Return::Stage::requested, there.id,
               there.status == "open" ? LineCounts{} : there.lines, true};
    return move_return();
  }
  if (!at(state_->metadata, std::string(received_mark) + mark).is_null()) {
    return receive_announced(refund, missing);
  }
  if (missing.empty()) return {};
  for (const auto& [id, quantity] : missing) {
    for (const LineState& line : state_->lines) {
      const bool is_announced = line.fulfilled - line.returned - line.coming_back < quantity;
      if (line.id == id && is_announced) return receive_announced(refund, missing);
    }
  }
  return begin_return(refund, missing);
}

Dialogue::Step Dialogue::begin_return(const core::Refund& refund, const LineCounts& missing) {
  return_.lines = missing;
  return_.is_ours = true;
  return ask(
      Asked::return_begun,
      api_->post("/admin/returns", {{"order_id", id_},
                                    {"location_id", place_->location},
                                    {"no_notification", true},
                                    {"metadata", {{return_mark, core::to_text(refund.id)}}}}));
}

// What a person has announced comes back here: these pieces are received, and no more of
// them. How many have come back by then is written to the order first.
Dialogue::Step Dialogue::receive_announced(const core::Refund& refund, const LineCounts& missing) {
  const std::string key = std::string(received_mark) + core::to_text(refund.id);
  const Json& noted = at(state_->metadata, key);
  LineCounts left;
  Json target = Json::object();
  for (const LineState& line : state_->lines) {
    for (const auto& [id, quantity] : missing) {
      if (line.id == id) target[id] = line.returned + quantity;
    }
    const std::int64_t more = number_at(noted, line.id) - line.returned;
    if (more > 0) left.emplace_back(line.id, more);
  }
  if (noted.is_null()) {
    wrote_ = true;
    return write(api_->post(changed(""), {{"metadata", {{key, std::move(target)}}}}));
  }
  if (left.empty()) return {};
  for (const ReturnThere& there : *returns_) {
    const bool covers = std::all_of(left.begin(), left.end(), [&](const auto& wanted) {
      return std::any_of(there.lines.begin(), there.lines.end(), [&](const auto& line) {
        return line.first == wanted.first && line.second >= wanted.second;
      });
    });
    if (!covers || there.status == "canceled" || there.status == "open") continue;
    // Before it was noted none of its receipts can be a rest of ours.
    return_ = {Return::Stage::requested, there.id, left, !wrote_};
    return move_return();
  }
  return refused("These goods were to come back, and Medusa has no return that they belong to.");
}

// One that was only begun is dropped and begun anew, one that is on its way is received.
Dialogue::Step Dialogue::move_return() {
  using Stage = Return::Stage;
  const std::string path = fmt::format("/admin/returns/{}", return_.id);
  if (return_.stage == Stage::filled) {
    return ask(Asked::return_moved, api_->post(path + "/request", {{"no_notification", true}}));
  }
  if (return_.stage != Stage::begun) return receive();
  // One whose lines we do not know was begun before we were cut off.
  if (return_.lines.empty()) return ask(Asked::return_moved, api_->remove(path + "/request"));
  return ask(Asked::return_moved, api_->post(path + "/request-items", items_of(return_.lines)));
}

Dialogue::Step Dialogue::receive() {
  const std::string path = fmt::format("/admin/returns/{}/receive", return_.id);
  switch (return_.stage) {
    case Return::Stage::requested:
      // After a refusal: what was begun and not ended is begun anew.
      if (refusals_ > 0 && !dropped_receipt_) {
        dropped_receipt_ = true;
        return ask(Asked::receipt_dropped, api_->remove(path));
      }
      return ask(Asked::return_moved, api_->post(path, Json::object()));
    case Return::Stage::receiving:
      return ask(Asked::return_moved, api_->post(path + "-items", items_of(return_.lines)));
    default:
      return moving_stock(
          ask(Asked::returned, api_->post(path + "/confirm", {{"no_notification", true}})));
  }
}

void Dialogue::take_return(const Json& json) {
  using Stage = Return::Stage;
  if (asked_ == Asked::receipt_dropped) return;
  if (asked_ == Asked::returns) {
    returns_.emplace();
    for (const Json& one : list_at(json, "returns")) {
      ReturnThere there{text_at(one, "id"),
                        text_at(one, "status"),
                        text_at(at(one, "metadata"), return_mark),
                        {}};
      for (const Json& item : list_at(one, "items")) {
        there.lines.emplace_back(
            text_at(item, "item_id"),
            number_at(item, "quantity") - number_at(item, "received_quantity"));
      }
      returns_->push_back(std::move(there));
    }
  } else if (asked_ == Asked::return_begun) {
    return_.id = text_at(json, "return.id");
    return_.stage = Stage::begun;
  } else if (asked_ == Asked::returned || return_.lines.empty()) {
    forget_return();
    state_.reset();
  } else {
    return_.stage = static_cast<Stage>(static_cast<int>(return_.stage) + 1);
  }
}

}  // namespace syncing::medusa
