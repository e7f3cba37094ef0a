#include "drivers/printer/status_parser.h"

#include <doctest/doctest.h>

using namespace drivers;

namespace {

using Events = std::vector<StatusEvent>;

const Bytes chatter{0x12, 0x14, 0x20, 0x00, 0x0F, 0x11, 0x00, 0x37, 0x22, '0', '0',
                    '0',  '7',  0x00, 0x13, 0x16, 0x10, 0x00, 0x12, 0x0C, 0x00};
const Events meant{RealTimeAnswer{0x12},
                   AutomaticStatus{{0x14, 0x20, 0x00, 0x0F}},
                   QueuedAnswer{0x00},
                   PrinterMessage{"7\"0007"},
                   RealTimeAnswer{0x16},
                   RealTimeAnswer{0x12},
                   AutomaticStatus{{0x10, 0x00, 0x0C, 0x00}}};

}  // namespace

TEST_CASE("status: answers of all kinds are told apart, one inside the other") {
  CHECK(StatusParser().feed(chatter) == meant);
}

TEST_CASE("status: fragments make no difference, wherever they are cut") {
  for (std::size_t cut = 0; cut <= chatter.size(); ++cut) {
    StatusParser parser;
    Events events = parser.feed(ByteView(chatter).first(cut));
    for (StatusEvent& event : parser.feed(ByteView(chatter).subspan(cut))) {
      events.push_back(std::move(event));
    }
    CHECK(events == meant);
  }
}

TEST_CASE("status: a block without an end is given up") {
  StatusParser parser;
  parser.feed(Bytes(300, 0x37));
  parser.feed(Bytes{0x00});
  CHECK(parser.feed(Bytes{0x12}) == Events{RealTimeAnswer{0x12}});
}

TEST_CASE("status: the bits say what people can do about it") {
  CHECK_FALSE(trouble_in_offline_cause(0x12));
  CHECK(trouble_in_offline_cause(0x16) == PrinterTrouble::cover_open);
  CHECK(trouble_in_offline_cause(0x32) == PrinterTrouble::paper_out);
  CHECK(trouble_in_offline_cause(0x52) == PrinterTrouble::fault);
  CHECK(trouble_in_error_cause(0x1A) == PrinterTrouble::cutter_jammed);
  CHECK(trouble_in_error_cause(0x52) == PrinterTrouble::head_hot);
  CHECK(trouble_in_error_cause(0x32) == PrinterTrouble::fault);
  CHECK(trouble_in_roll(0x72) == PrinterTrouble::paper_out);
  CHECK_FALSE(trouble_in_roll(0x1E));
  CHECK(is_paper_low(0x1E));
  CHECK(trouble_in(AutomaticStatus{{0x38, 0, 0, 0}}) == PrinterTrouble::cover_open);
  CHECK(trouble_in(AutomaticStatus{{0x18, 0, 0x0C, 0}}) == PrinterTrouble::paper_out);
  CHECK_FALSE(trouble_in(AutomaticStatus{{0x10, 0, 0x03, 0x0F}}));
}
