// Line displays, scales and scanners: their bytes, one way and the other.
#include <doctest/doctest.h>

#include <string>

#include "drivers/display/line_display.h"
#include "drivers/scale/toledo8217.h"
#include "drivers/scanner/sources.h"
#include "tests/support/transports.h"

using namespace drivers;

namespace {

std::string text_of(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

// Takes everything and answers what it was given.
class TalkingWire final : public Transport {
 public:
  TalkingWire(Bytes& written, std::string answer) : written_(written), answer_(std::move(answer)) {}
  core::Result<core::Done, LinkError> open(Milliseconds) override { return core::Done{}; }
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds) override {
    written_.insert(written_.end(), bytes.begin(), bytes.end());
    is_asked_ = true;
    return bytes.size();
  }
  // One byte at a time.
  core::Result<Bytes, LinkError> read(Milliseconds) override {
    if (!is_asked_ || answer_.empty()) return tl::unexpected(LinkError::timed_out);
    const Bytes first{static_cast<std::uint8_t>(answer_.front())};
    answer_.erase(0, 1);
    return first;
  }
  void close() override {}
  bool answers() const override { return true; }

 private:
  Bytes& written_;
  std::string answer_;
  bool is_asked_ = false;
};

}  // namespace

TEST_CASE("line display: a frame is forty characters without a line feed") {
  const Bytes epson = display_frame({"Käse", "7,53 €"}, DisplayDialect::epson);
  CHECK(text_of(epson).ends_with("K\x84se                7,53 EUR            "));
  CHECK(text_of(epson).find('\n') == std::string::npos);
  const Bytes cd = display_frame({"Brot", "2,00"}, DisplayDialect::cd5220);
  CHECK(text_of(cd) == "\x1BQABrot                \r\x1BQB2,00                \r");
}

TEST_CASE("line display: a long name gives way to its amount") {
  CHECK(display_line("Weißwurst süß-sauer", "6,49") == "Weißwurst süß-s 6,49");
  CHECK(display_line("Total", "12,00") == "Total          12,00");
  CHECK(display_line("Total", "1234567890123456789012") == "1234567890123456789012");
}

TEST_CASE("line display: the same text is not written twice") {
  Bytes written;
  LineDisplay display(std::make_unique<TalkingWire>(written, ""), DisplayDialect::epson);
  CHECK(display.show({"A", "1,00"}).has_value());
  const std::size_t once = written.size();
  CHECK(display.show({"A", "1,00"}).has_value());
  CHECK(written.size() == once);
  CHECK(display.show({"A", "2,00"}).has_value());
  CHECK(written.size() == 2 * once);
}

TEST_CASE("scale: weights and states of a Toledo 8217 are understood") {
  const auto read = [](std::string_view text) { return toledo_reading(bytes_of(text)); };
  CHECK(read("\x02"
             "00.252\r") == ScaleReading{ScaleState::stable, {252}});
  CHECK(read("\x02 12.345N\r") == ScaleReading{ScaleState::stable, {12345}});
  CHECK(read("\x02"
             "1.5\r") == ScaleReading{ScaleState::stable, {1500}});
  CHECK(read("\x02?\x01\r") == ScaleReading{ScaleState::moving, {0}});
  CHECK(read("\x02?\x02\r") == ScaleReading{ScaleState::overloaded, {0}});
  CHECK(read("\x02?\x04\r") == ScaleReading{ScaleState::below_zero, {0}});
  for (const char* bad : {"", "\x02",
                          "\x02"
                          "0.25",
                          "0.252\r",
                          "\x02"
                          "abc\r",
                          "\x02"
                          "1.2345\r",
                          "\x02\r",
                          "\x02"
                          "-1.000\r"}) {
    CHECK_FALSE(read(bad));
  }
}

TEST_CASE("scale: an answer in fragments is one weight, and garbage is none") {
  Bytes written;
  ToledoScale scale(std::make_unique<TalkingWire>(written,
                                                  "x\x02"
                                                  "00.500\r"));
  CHECK(scale.read() == ScaleReading{ScaleState::stable, {500}});
  CHECK(written == Bytes{'W'});
  ToledoScale noisy(std::make_unique<TalkingWire>(written, std::string(200, '7')));
  CHECK_FALSE(noisy.read().has_value());
}

TEST_CASE("scale: a weight is taken once, and the next one needs an empty scale") {
  WeighingRule rule;
  const ScaleReading half{ScaleState::stable, {500}};
  CHECK_FALSE(rule.seen({ScaleState::moving, {0}}));
  CHECK(rule.seen(half) == core::Quantity{500});
  rule.taken();
  CHECK_FALSE(rule.seen(half));
  CHECK_FALSE(rule.seen({ScaleState::moving, {0}}));
  CHECK_FALSE(rule.seen({ScaleState::stable, {0}}));
  CHECK(rule.seen(half) == core::Quantity{500});
}

TEST_CASE("scanner: a HID POS report is a code, and a long one comes in several") {
  const auto report = [](std::string_view data, bool has_more) {
    Bytes bytes(64, 0);
    bytes[0] = 2;
    bytes[1] = static_cast<std::uint8_t>(data.size());
    std::copy_n("]E0", 3, bytes.begin() + 2);
    std::copy(data.begin(), data.end(), bytes.begin() + 5);
    bytes[63] = has_more ? 1 : 0;
    return bytes;
  };
  HidPosReader reader;
  CHECK(reader.feed(report("4006381333931", false)) == "]E04006381333931");
  CHECK_FALSE(reader.feed(report("ABC", true)));
  CHECK(reader.feed(report("DEF", false)) == "]E0ABCDEF");
  CHECK_FALSE(reader.feed(Bytes{2, 60}));
  Bytes nameless = report("4006381333931", false);
  std::fill_n(nameless.begin() + 2, 3, 0);
  CHECK(reader.feed(nameless) == "4006381333931");
  Bytes lying = report("1", false);
  lying[1] = 255;
  CHECK(reader.feed(lying).has_value());
}

TEST_CASE("scanner: keys of a grabbed device are a code in the American layout") {
  KeyReader reader;
  const auto press = [&](std::uint16_t key) {
    const auto code = reader.feed(key, 1);
    reader.feed(key, 0);
    return code;
  };
  reader.feed(42, 1);
  press(20);  // T
  reader.feed(42, 0);
  press(2);   // 1
  press(12);  // -
  reader.feed(42, 1);
  press(19);  // R
  reader.feed(42, 0);
  press(11);  // 0
  CHECK(press(28) == "T1-R0");
  CHECK_FALSE(press(28));
  press(44);  // z, which a German layout would make a y
  CHECK(press(96) == "z");
}

TEST_CASE("scanner: lines of a serial one end with CR, LF or both") {
  LineReader reader;
  std::vector<std::string> codes;
  for (const char c : std::string("4006381333931\r\n12345\n\x01"
                                  "AB\r")) {
    if (auto code = reader.feed(static_cast<std::uint8_t>(c))) codes.push_back(*code);
  }
  CHECK(codes == std::vector<std::string>{"4006381333931", "12345", "AB"});
}
