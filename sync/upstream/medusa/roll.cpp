#include "sync/upstream/medusa/roll.h"

#include <fmt/format.h>

#include <algorithm>

namespace syncing::medusa {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t rows_a_page = 200;
// How far back it is looked for the order that made a draft needless.
constexpr auto longest_past = 24h * 60;

std::string page_url(std::string_view list, const std::string& channel, std::int64_t offset) {
  return fmt::format(
      "/admin/{}?sales_channel_id%5B%5D={}&order=created_at&limit={}&offset={}"
      "&fields=id,status,custom_display_id,created_at,metadata",
      list, url_escaped(channel), rows_a_page, offset);
}

}  // namespace

std::variant<HttpRequest, RollCall::Result> RollCall::next() {
  switch (result_.trouble ? Step::ended : step_) {
    case Step::drafts:
      return api_->get(page_url("draft-orders", channel_, offset_));
    case Step::orders:
      return api_->get(page_url("orders", channel_, offset_) +
                       "&created_at%5B%24gte%5D=" + url_escaped(core::to_iso(since_)));
    case Step::removing:
      return api_->remove("/admin/draft-orders/" + unwanted_.back());
    case Step::ended:
      break;
  }
  return std::move(result_);
}

void RollCall::hear(const Heard& heard) {
  const Reply reply = reply_of(heard);
  if (reply.trouble) {
    result_.trouble = reply.trouble;
  } else if (step_ == Step::removing) {
    // One that is gone already is gone.
    unwanted_.pop_back();
    if (unwanted_.empty()) step_ = Step::ended;
  } else if (reply.refused) {
    result_.trouble = again("Medusa says: " + reply.refused->message);
  } else {
    take_page(list_at(reply.json, step_ == Step::drafts ? "draft_orders" : "orders"));
  }
}

void RollCall::take_page(const Json& rows) {
  for (const Json& row : rows) {
    const std::string id = text_at(row, "id");
    const std::string key = text_at(row, "metadata.pos_order_id");
    if (key.empty()) continue;
    const bool is_draft = text_at(row, "status") == "draft";
    if (step_ == Step::drafts && is_draft) {
      drafts_.push_back({id, key, time_at(row, "created_at")});
    } else if (step_ == Step::orders && !is_draft) {
      result_.told[key] = {id, "", true};
    }
  }
  offset_ += static_cast<std::int64_t>(rows.size());
  if (static_cast<std::int64_t>(rows.size()) == rows_a_page) return;
  offset_ = 0;
  if (step_ == Step::orders) return choose();
  step_ = Step::orders;
  // What took a draft's place was made after it.
  const core::Instant earliest = since_ - longest_past;
  for (const Draft& draft : drafts_) since_ = std::min(since_, std::max(draft.made, earliest));
}

// Of an order that waits here one draft is gone on with. Another till's drafts may be
// on their way: they are unwanted only beside the order itself.
void RollCall::choose() {
  for (const Draft& draft : drafts_) {
    const auto known = result_.told.find(draft.key);
    if (known == result_.told.end()) {
      if (ours_.contains(draft.key)) result_.told[draft.key] = {"", draft.id, true};
    } else {
      unwanted_.push_back(draft.id);
    }
  }
  step_ = unwanted_.empty() ? Step::ended : Step::removing;
}

}  // namespace syncing::medusa
