// What a dialogue tells Medusa of goods: that they left, and that they came back.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sync/upstream/medusa_dialogue.h"
#include "sync/upstream/medusa_order.h"

namespace syncing::medusa {

std::optional<core::LineId> Dialogue::till_line(std::size_t line) const {
  const LineState& there = state_->lines[line];
  if (!is_own()) return line_id(id_, there.id, line);
  if (there.position < 0) return {};
  const auto position = static_cast<std::size_t>(there.position);
  if (position >= job_.order.lines.size()) return {};
  return job_.order.lines[position].id;
}

Dialogue::Step Dialogue::fulfil_lines(
    const std::vector<std::pair<std::string, std::int64_t>>& missing) {
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
  const Json wanted{
      {"items", std::move(items)}, {"location_id", place_->location}, {"no_notification", true}};
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
  std::vector<std::pair<std::string, std::int64_t>> missing;
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
  if (Step step = fulfil_lines(missing)) return step;
  return deliver();
}

// A parcel of an online order: beyond what had left before it.
Dialogue::Step Dialogue::fulfil() {
  std::map<core::LineId, std::int64_t> wanted;
  const core::Fulfilment* subject = nullptr;
  for (const core::Fulfilment& fulfilment : job_.order.fulfilments) {
    const bool is_subject = fulfilment.id.uuid == job_.subject;
    if (is_subject) subject = &fulfilment;
    if (!is_subject && fulfilment.state != core::FulfilmentState::done) continue;
    for (const core::LineQuantity& line : fulfilment.lines) {
      wanted[line.line] += pieces_of(line.quantity);
    }
  }
  if (!subject) return refused("This order has no such parcel.");
  // Ready for pick-up is told when it has been picked up: Medusa has no word for it.
  if (subject->state == core::FulfilmentState::ready) return {};
  std::vector<std::pair<std::string, std::int64_t>> missing;
  for (std::size_t i = 0; i < state_->lines.size(); ++i) {
    const LineState& line = state_->lines[i];
    const auto id = till_line(i);
    const auto target = id ? wanted.find(*id) : wanted.end();
    if (target == wanted.end()) continue;
    const std::int64_t more = std::min(target->second, line.quantity) - line.fulfilled;
    if (more > 0) missing.emplace_back(line.id, more);
  }
  if (Step step = fulfil_lines(missing)) return step;
  if (job_.order.delivery == core::Delivery::pickup) return deliver();
  if (subject->tracking_number.empty()) return {};
  for (const FulfilmentState& fulfilment : state_->fulfilments) {
    if (fulfilment.is_canceled || fulfilment.is_shipped) continue;
    Json items = Json::array();
    for (const auto& [id, quantity] : fulfilment.lines) {
      items.push_back({{"id", id}, {"quantity", quantity}});
    }
    const std::string url = subject->tracking_url.empty() ? "#" : subject->tracking_url;
    return write(api_->post(changed(fmt::format("/fulfillments/{}/shipments", fulfilment.id)),
                            {{"items", std::move(items)},
                             {"labels", Json::array({{{"tracking_number", subject->tracking_number},
                                                      {"tracking_url", url},
                                                      {"label_url", url}}})}}));
  }
  return {};
}

// --- goods that come back ---

namespace {

Json items_of(const std::vector<std::pair<std::string, std::int64_t>>& lines) {
  Json items = Json::array();
  for (const auto& [id, quantity] : lines) items.push_back({{"id", id}, {"quantity", quantity}});
  return {{"items", std::move(items)}};
}

}  // namespace

// What a refund puts back on the shelf, as one return in Medusa's seven steps. A
// return that was cut off is found again: one that was only begun is dropped, one
// that is on its way is received. Only what left can come back.
Dialogue::Step Dialogue::take_back() {
  std::map<core::LineId, std::int64_t> wanted;
  for (const core::Refund& refund : job_.order.refunds) {
    for (const core::RefundedLine& line : refund.lines) {
      if (line.restock && line.quantity.is_whole()) wanted[line.line] += pieces_of(line.quantity);
    }
  }
  std::vector<std::pair<std::string, std::int64_t>> missing;
  for (std::size_t i = 0; i < state_->lines.size(); ++i) {
    const LineState& line = state_->lines[i];
    const auto id = till_line(i);
    if (!id || !wanted.contains(*id)) continue;
    const std::int64_t target = std::min(wanted[*id], line.fulfilled);
    wanted[*id] -= target;
    if (target > line.returned) missing.emplace_back(line.id, target - line.returned);
  }
  if (missing.empty()) return {};
  using Stage = Return::Stage;
  const std::string path = fmt::format("/admin/returns/{}", return_.id);
  switch (return_.stage) {
    case Stage::unknown:
      return ask(Asked::returns,
                 api_->get(fmt::format("/admin/returns?order_id={}&limit=100&fields="
                                       "id,status,created_at,*items",
                                       id_)));
    case Stage::none:
      return_.lines = std::move(missing);
      return ask(Asked::return_begun,
                 api_->post("/admin/returns", {{"order_id", id_},
                                               {"location_id", place_->location},
                                               {"no_notification", true}}));
    case Stage::begun:
      // One whose lines we do not know was begun before we were cut off.
      if (return_.lines.empty()) return ask(Asked::return_moved, api_->remove(path + "/request"));
      return ask(Asked::return_moved, api_->post(path + "/request-items", items_of(return_.lines)));
    case Stage::filled:
      return ask(Asked::return_moved, api_->post(path + "/request", {{"no_notification", true}}));
    default:
      return receive();
  }
}

Dialogue::Step Dialogue::receive() {
  const std::string path = fmt::format("/admin/returns/{}/receive", return_.id);
  switch (return_.stage) {
    case Return::Stage::requested:
      // After a refusal: what was begun and not ended is begun anew.
      if (refusals_ > 0 && !dropped_receipt_) {
        dropped_receipt_ = true;
        return ask(Asked::returns, api_->remove(path));
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
  if (asked_ == Asked::returns) {
    const bool was_dropped = return_.stage == Stage::requested;
    if (was_dropped) return;  // the receipt, not the return
    return_.stage = Stage::none;
    for (const Json& one : list_at(json, "returns")) {
      const std::string status = text_at(one, "status");
      if (status != "open" && status != "requested") continue;
      return_ = {status == "open" ? Stage::begun : Stage::requested, text_at(one, "id"), {}};
      if (return_.stage == Stage::begun) return;
      for (const Json& item : list_at(one, "items")) {
        return_.lines.emplace_back(text_at(item, "item_id"), number_at(item, "quantity"));
      }
      return;
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
