#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "drivers/terminal/masking.h"
#include "drivers/terminal/zvt/message.h"
#include "drivers/terminal/zvt/serial.h"
#include "drivers/terminal/zvt/words.h"

namespace zvt_codec_tests {

using namespace drivers;
using namespace drivers::zvt;

namespace {

struct Vector {
  std::string name, direction, hex, meaning;
  bool is_good() const { return meaning.starts_with("[OK]"); }
  bool is_serial() const { return meaning.find("SERIAL") != std::string::npos; }
};

std::vector<Vector> vectors_of(const std::filesystem::path& file) {
  std::vector<Vector> all;
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);  // the heading
  while (std::getline(stream, line)) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    if (cells.size() >= 4) all.push_back({cells[0], cells[1], cells[2], cells[3]});
  }
  return all;
}

Bytes message_in(const Vector& vector) {
  const auto bytes = from_hex(vector.hex);
  REQUIRE(bytes);
  if (!vector.is_serial()) return *bytes;
  const auto events = BlockReader().feed(*bytes);
  REQUIRE(events.size() == 1);
  REQUIRE(std::holds_alternative<GoodBlock>(events.front()));
  return std::get<GoodBlock>(events.front()).message;
}

// What is read means what was said, is written to the same bytes, and comes out
// of a stream whole wherever that is cut.
void a_good_vector_holds(const Vector& vector) {
  CAPTURE(vector.name);
  const Bytes bytes = message_in(vector);
  const auto apdu = parse_apdu(bytes);
  REQUIRE_MESSAGE(apdu, (apdu ? "" : apdu.error().why));
  const auto message = parse(*apdu);
  REQUIRE_MESSAGE(message, (message ? "" : message.error().why));
  if (vector.is_serial()) CHECK(hex(encode_block(bytes)) == vector.hex);
  CHECK(hex(encode(*apdu)) == hex(bytes));
  if (vector.direction == "ECR->PT") CHECK(hex(encode(encode(*message))) == hex(bytes));

  std::string name = vector.meaning.substr(5);
  if (vector.is_serial()) name = name.substr(name.find("| ") + 2);
  name = name.substr(0, name.find_first_of(" (/"));
  const std::string words = describe(*message);
  CAPTURE(words);
  if (!name.empty() && name != "PartialReversal") CHECK(words.starts_with(name));
  for (const auto& [theirs, ours] : {std::pair<std::string, std::string>{" amount=", " amount="},
                                     {" tid=", " tid="},
                                     {" trace=", " trace="},
                                     {" receipt=", " receipt="}}) {
    const auto at = vector.meaning.find(theirs);
    if (at == std::string::npos || vector.meaning.find("receipt=ffff") != std::string::npos) {
      continue;
    }
    const auto begin = at + theirs.size();
    const std::string value =
        vector.meaning.substr(begin, vector.meaning.find_first_of(" -", begin) - begin);
    CHECK(words.find(ours + value) != std::string::npos);
  }

  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const ByteView whole(bytes);
    ApduReader reader;
    reader.feed(whole.first(cut));
    const auto early = reader.next();
    CHECK(early.has_value() == (cut == bytes.size()));
    reader.feed(whole.subspan(cut));
    if (!early) CHECK(reader.next() == *apdu);
    CHECK_FALSE(reader.is_inside());
    // A message that was cut off is refused, whatever is left of it.
    if (cut < bytes.size()) CHECK_FALSE(describe(whole.first(cut)));
  }
}

}  // namespace

TEST_CASE("zvt: our own vectors are read, written and cut, and what is broken is refused") {
  const auto vectors = vectors_of(TRESEN_SOURCE "/tests/data/zvt-vectors.tsv");
  REQUIRE(vectors.size() > 20);
  for (const Vector& vector : vectors) {
    if (vector.is_good()) {
      a_good_vector_holds(vector);
    } else {
      CAPTURE(vector.name);
      CHECK_FALSE(describe(*from_hex(vector.hex)));
    }
  }
}

TEST_CASE("zvt: the collected vectors, where they are present, say what they say") {
  const std::filesystem::path file = TRESEN_SOURCE "/../shared/data/zvt-vectors.tsv";
  if (!std::filesystem::exists(file)) return;
  int good = 0, bad = 0;
  for (const Vector& vector : vectors_of(file)) {
    if (vector.is_good()) {
      a_good_vector_holds(vector);
      ++good;
    } else {
      CAPTURE(vector.name);
      CHECK_FALSE(describe(*from_hex(vector.hex)));
      ++bad;
    }
  }
  CHECK(good == 230);
  CHECK(bad == 17);
}

TEST_CASE("zvt: what the till sends has the bytes of the specification") {
  CHECK(hex(encode(encode(registration({"123456", 0xBE, 978, true, false})))) ==
        "06000e123456be0978060626040a0206d3");
  CHECK(hex(encode(encode(registration({"000000", 0x9E, 978, true, true})))) ==
        "0600140000009e0978060c26040a0206d31f7303000000");
  CHECK(hex(encode(encode(repeat_receipt("123456", 3)))) == "0620051234560303");
  CHECK(hex(encode(encode(status_enquiry("123456", 4)))) == "0501051234560304");
  CHECK(hex(encode(encode(refund("123456", 500, 978)))) == "06310d12345604000000000500490978");
  CHECK(hex(encode(encode(reversal("123456", "0002")))) == "063006123456870002");
  CHECK(hex(encode(encode(bare(command::abort)))) == "06b000");
  CHECK(hex(encode(encode(authorisation(11000, 978)))) == "06010a04000000011000490978");
  CHECK(hex(encode(encode(authorisation(1234, 978, PartialApproval::offered)))) ==
        "0601100400000000123449097806041f700101");
}

TEST_CASE("zvt: lengths of 255 and more are little-endian outside and big-endian inside") {
  Message message = bare(command::print_block);
  message.fields.tlvs = Tlvs{{0x07, Bytes(300, 'x'), {}}};
  const Bytes bytes = encode(encode(message));
  CHECK(hex(ByteView(bytes).first(9)) ==
        "06d3ff34010682"
        "0130");
  const auto apdu = parse_apdu(bytes);
  REQUIRE(apdu);
  CHECK(*parse(*apdu) == message);
}

TEST_CASE("zvt: a reprint names one receipt or a range of them") {
  const auto words = [](const char* bytes) { return describe(*from_hex(bytes)).value_or(""); };
  CHECK(words("0612051234560042") == "ReprintReceipts pw=****** from=0042");
  CHECK(words("06120712345600420045") == "ReprintReceipts pw=****** from=0042 to=0045");
  // A receipt number may look like the beginning of field 06.
  CHECK(words("06120712345606120614") == "ReprintReceipts pw=****** from=0612 to=0614");
  CHECK(words("06120712345605990600") == "ReprintReceipts pw=****** from=0599 to=0600");
  CHECK(words("06120d123456004206061f7303000001") ==
        "ReprintReceipts pw=****** from=0042 tlv[1F73=000001]");
  CHECK(words("06120f1234560042004506061f7303000001") ==
        "ReprintReceipts pw=****** from=0042 to=0045 tlv[1F73=000001]");
  for (const char* broken : {"061203123456", "06120412345600", "061206123456004200"}) {
    CHECK_FALSE(describe(*from_hex(broken)));
  }
}

TEST_CASE("zvt: a list of tags is read tag by tag") {
  const Bytes listed{0x15, 0x20, 0x1F, 0x6D};
  CHECK(lists_tag(listed, 0x15));
  CHECK(lists_tag(listed, 0x1F6D));
  CHECK_FALSE(lists_tag(listed, 0x6D));
  CHECK_FALSE(lists_tag(listed, 0x1F70));
  CHECK_FALSE(lists_tag(Bytes{0x15, 0x1F}, 0x1F));
}

TEST_CASE("zvt: letters of each set, and no card number in any text") {
  const Bytes cp437{0x8E, 0x94, 0xE1}, latin1{0xC4, 0xF6, 0xDF}, seven{'[', '|', '~'};
  CHECK(text_of(cp437, Charset::cp437) == "Äöß");
  CHECK(text_of(latin1, Charset::latin1) == "Äöß");
  CHECK(text_of(seven, Charset::zvt7) == "Äöß");
  const std::string utf8 = "Äöß";
  CHECK(text_of(Bytes(utf8.begin(), utf8.end()), Charset::utf8) == "Äöß");
  CHECK(drivers::without_card_numbers("Nr 4111111111111111 ok") == "Nr ************1111 ok");
  CHECK(drivers::without_card_numbers("Nr 4111 1111 1111 1111 ok") == "Nr **** **** **** 1111 ok");
  CHECK(drivers::without_card_numbers("Terminal 28004869") == "Terminal 28004869");
  // A contract number is no card number; in what is not understood both are hidden.
  CHECK(drivers::without_card_numbers("VU-Nr 455600012345") == "VU-Nr 455600012345");
  CHECK(drivers::without_long_numbers("f0f84111111111111111") == "f0f*************1111");
  CHECK(masked_card(*from_hex("5966666666d20021220100")) == "•••• 6666");
  CHECK(masked_card(*from_hex("eeeeeeeeeeeeeee4281f")) == "•••• 4281");
}

TEST_CASE("zvt: a decline is a decline whatever message ends it, and has words") {
  const auto apdu =
      parse_apdu(*from_hex("040f1e276c29280048693cf0f1f941626272756368206475726368204b756e6465"));
  REQUIRE(apdu);
  const auto status = status_of(parse(*apdu)->fields, Charset::cp437);
  CHECK(status.result == 0x6C);
  CHECK(status.terminal_id == "28004869");
  CHECK(status.words == "Abbruch durch Kunde");
  CHECK(result_words(0x6C) == "Cancelled at the terminal, or no card in time.");
  CHECK(progress_words(0x4A) == "Please take the card.");
  CHECK(status_words(0xF0) == "The terminal wants its day closed first.");
}

TEST_CASE("serial: the check sum is that of the specification's frames") {
  const Bytes ack{0x80, 0x00, 0x00};
  CHECK(hex(encode_block(ack)) == "10028000001003f51f");
}

TEST_CASE("serial: blocks come out whole wherever the line is cut, and spoilt ones are bad") {
  const Bytes message = *from_hex("06010a04000000011000490978");
  const Bytes block = encode_block(message);
  for (std::size_t cut = 0; cut <= block.size(); ++cut) {
    BlockReader reader;
    auto events = reader.feed(ByteView(block).first(cut));
    for (LinkEvent& more : reader.feed(ByteView(block).subspan(cut))) events.push_back(more);
    CHECK(events == std::vector<LinkEvent>{GoodBlock{message}});
  }
  for (std::size_t place = 2; place < block.size(); ++place) {
    CAPTURE(place);
    Bytes spoilt = block;
    spoilt[place] ^= 0x40U;
    BlockReader reader;
    for (const LinkEvent& event : reader.feed(spoilt)) {
      const auto* good = std::get_if<GoodBlock>(&event);
      if (good) CHECK_MESSAGE(good->message == message, "a spoilt block was taken");
    }
  }
  BlockReader quiet;
  CHECK(quiet.feed(ByteView(block).first(5)).empty());
  CHECK(quiet.went_quiet() == LinkEvent(BadBlock{}));
  CHECK(quiet.feed(block) == std::vector<LinkEvent>{GoodBlock{message}});
}

}  // namespace zvt_codec_tests
